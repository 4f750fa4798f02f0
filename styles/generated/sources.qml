<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
 <renderer-v2 type="RuleRenderer" symbollevels="1" enableorderby="0" forceraster="0">
  <rules key="{1f016c32-b431-5ade-a122-7fbf2be230d2}">
   <rule key="{897955e9-e76f-589f-8350-1aaecd26b3bd}" symbol="0" label="煤矿" description="coal_mine" filter="&quot;kind&quot; = 'coal_mine'" />
   <rule key="{86341e72-c8f7-580c-b027-112ebb6ce1de}" symbol="1" label="采石场" description="quarry" filter="&quot;kind&quot; = 'quarry'" />
   <rule key="{ff758fd1-fbd8-5b96-aae3-4147276cd0c3}" symbol="2" label="燃煤电厂" description="power_plant" filter="&quot;kind&quot; = 'power_plant'" />
   <rule key="{50020d73-1536-52a7-ac04-9c6c4fcff207}" symbol="3" label="锅炉" description="boiler" filter="&quot;kind&quot; = 'boiler'" />
   <rule key="{b5ba11b1-1053-57a5-8dd7-c4886aa47926}" symbol="4" label="冶炼厂" description="smelter" filter="&quot;kind&quot; = 'smelter'" />
   <rule key="{148fafa9-22bd-5f26-b396-5224eb6a7370}" symbol="5" label="钢铁厂" description="steel" filter="&quot;kind&quot; = 'steel'" />
   <rule key="{9e91394a-05c1-5c33-8250-014c3964c8f2}" symbol="6" label="焦化厂" description="coke" filter="&quot;kind&quot; = 'coke'" />
   <rule key="{4997c1f7-37fd-50e3-92b9-5bfbb283ebbb}" symbol="7" label="水泥厂" description="cement" filter="&quot;kind&quot; = 'cement'" />
   <rule key="{948b3be5-7cec-506a-b9d6-4661d7725dfe}" symbol="8" label="轮胎厂" description="tyre" filter="&quot;kind&quot; = 'tyre'" />
   <rule key="{0f0ac754-5881-5925-8a00-17455d6bbb27}" symbol="9" label="啤酒厂" description="brewery" filter="&quot;kind&quot; = 'brewery'" />
   <rule key="{9555fb00-bc97-507b-8b63-1c2f320fe7a6}" symbol="10" label="空气监测站" description="monitoring_station" filter="&quot;kind&quot; = 'monitoring_station'" />
   <rule key="{c5b7accd-59c8-5937-a1a8-db2dd7795c10}" symbol="11" label="加油站" description="fuel_station" filter="&quot;kind&quot; = 'fuel_station'" />
   <rule key="{508a1295-1d16-5d2d-8295-d00f55f855a3}" symbol="12" label="其他污染源" description="other" filter="ELSE" />
  </rules>
  <symbols>
   <symbol name="0" type="marker" alpha="1" clip_to_extent="1">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="43,43,43,0" />
      <Option name="outline_color" type="QString" value="43,43,43,255" />
      <Option name="outline_style" type="QString" value="no" />
      <Option name="outline_width" type="QString" value="0.4" />
      <Option name="size" type="QString" value="8.4" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="1.4 * (CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END)" />
         <Option name="type" type="int" value="3" />
        </Option>
        <Option name="outlineStyle" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN coalesce(&quot;location_basis&quot;, '') &lt;&gt; 'exact' AND @map_scale &lt; 600000 THEN 'dot' ELSE 'no' END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0Ij48Y2lyY2xlIGN4PSIxMiIgY3k9IjEyIiByPSIxMSIgZmlsbD0iI2ZmZiIgc3Ryb2tlPSIjMmIyYjJiIiBzdHJva2Utd2lkdGg9IjEuNiIvPjxwYXRoIGQ9Ik02IDE3bDktOU0xOCAxN0w5IDgiIGZpbGw9Im5vbmUiIHN0cm9rZT0iIzJiMmIyYiIgc3Ryb2tlLXdpZHRoPSIyIiBzdHJva2UtbGluZWNhcD0icm91bmQiLz48cGF0aCBkPSJNMTIuNSA2LjVjMi41LS42IDQuNS4yIDYgMi4zTTExLjUgNi41Yy0yLjUtLjYtNC41LjItNiAyLjMiIGZpbGw9Im5vbmUiIHN0cm9rZT0iIzJiMmIyYiIgc3Ryb2tlLXdpZHRoPSIyIiBzdHJva2UtbGluZWNhcD0icm91bmQiLz48L3N2Zz4K" />
      <Option name="color" type="QString" value="43,43,43,255" />
      <Option name="size" type="QString" value="6" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="1" type="marker" alpha="1" clip_to_extent="1">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="109,93,56,0" />
      <Option name="outline_color" type="QString" value="109,93,56,255" />
      <Option name="outline_style" type="QString" value="no" />
      <Option name="outline_width" type="QString" value="0.4" />
      <Option name="size" type="QString" value="8.4" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="1.4 * (CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END)" />
         <Option name="type" type="int" value="3" />
        </Option>
        <Option name="outlineStyle" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN coalesce(&quot;location_basis&quot;, '') &lt;&gt; 'exact' AND @map_scale &lt; 600000 THEN 'dot' ELSE 'no' END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0Ij48Y2lyY2xlIGN4PSIxMiIgY3k9IjEyIiByPSIxMSIgZmlsbD0iI2ZmZiIgc3Ryb2tlPSIjNmQ1ZDM4IiBzdHJva2Utd2lkdGg9IjEuNiIvPjxwYXRoIGQ9Ik01IDE3aDN2LTNoM3YtM2gzVjhoNHY5eiIgZmlsbD0iIzZkNWQzOCIvPjwvc3ZnPgo=" />
      <Option name="color" type="QString" value="109,93,56,255" />
      <Option name="size" type="QString" value="6" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="2" type="marker" alpha="1" clip_to_extent="1">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="143,74,0,0" />
      <Option name="outline_color" type="QString" value="143,74,0,255" />
      <Option name="outline_style" type="QString" value="no" />
      <Option name="outline_width" type="QString" value="0.4" />
      <Option name="size" type="QString" value="8.4" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="1.4 * (CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END)" />
         <Option name="type" type="int" value="3" />
        </Option>
        <Option name="outlineStyle" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN coalesce(&quot;location_basis&quot;, '') &lt;&gt; 'exact' AND @map_scale &lt; 600000 THEN 'dot' ELSE 'no' END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0Ij48Y2lyY2xlIGN4PSIxMiIgY3k9IjEyIiByPSIxMSIgZmlsbD0iI2ZmZiIgc3Ryb2tlPSIjOGY0YTAwIiBzdHJva2Utd2lkdGg9IjEuNiIvPjxwYXRoIGQ9Ik0xMyA0bC02IDloNGwtMSA3IDctMTBoLTQuNXoiIGZpbGw9IiM4ZjRhMDAiLz48L3N2Zz4K" />
      <Option name="color" type="QString" value="143,74,0,255" />
      <Option name="size" type="QString" value="6" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="3" type="marker" alpha="1" clip_to_extent="1">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="168,32,26,0" />
      <Option name="outline_color" type="QString" value="168,32,26,255" />
      <Option name="outline_style" type="QString" value="no" />
      <Option name="outline_width" type="QString" value="0.4" />
      <Option name="size" type="QString" value="8.4" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="1.4 * (CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END)" />
         <Option name="type" type="int" value="3" />
        </Option>
        <Option name="outlineStyle" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN coalesce(&quot;location_basis&quot;, '') &lt;&gt; 'exact' AND @map_scale &lt; 600000 THEN 'dot' ELSE 'no' END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0Ij48Y2lyY2xlIGN4PSIxMiIgY3k9IjEyIiByPSIxMSIgZmlsbD0iI2ZmZiIgc3Ryb2tlPSIjYTgyMDFhIiBzdHJva2Utd2lkdGg9IjEuNiIvPjxyZWN0IHg9IjciIHk9IjkiIHdpZHRoPSIxMCIgaGVpZ2h0PSI5IiByeD0iMiIgZmlsbD0iI2E4MjAxYSIvPjxwYXRoIGQ9Ik0xMCA3VjUuNU0xNCA3VjUuNSIgc3Ryb2tlPSIjYTgyMDFhIiBzdHJva2Utd2lkdGg9IjIiIHN0cm9rZS1saW5lY2FwPSJyb3VuZCIvPjxjaXJjbGUgY3g9IjEyIiBjeT0iMTMuNSIgcj0iMiIgZmlsbD0iI2ZmZiIvPjwvc3ZnPgo=" />
      <Option name="color" type="QString" value="168,32,26,255" />
      <Option name="size" type="QString" value="6" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="4" type="marker" alpha="1" clip_to_extent="1">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="107,74,134,0" />
      <Option name="outline_color" type="QString" value="107,74,134,255" />
      <Option name="outline_style" type="QString" value="no" />
      <Option name="outline_width" type="QString" value="0.4" />
      <Option name="size" type="QString" value="8.4" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="1.4 * (CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END)" />
         <Option name="type" type="int" value="3" />
        </Option>
        <Option name="outlineStyle" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN coalesce(&quot;location_basis&quot;, '') &lt;&gt; 'exact' AND @map_scale &lt; 600000 THEN 'dot' ELSE 'no' END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0Ij48Y2lyY2xlIGN4PSIxMiIgY3k9IjEyIiByPSIxMSIgZmlsbD0iI2ZmZiIgc3Ryb2tlPSIjNmI0YTg2IiBzdHJva2Utd2lkdGg9IjEuNiIvPjxwYXRoIGQ9Ik02IDhoMTJsLTIgOEg4eiIgZmlsbD0iIzZiNGE4NiIvPjxwYXRoIGQ9Ik05IDE4LjVoNiIgc3Ryb2tlPSIjNmI0YTg2IiBzdHJva2Utd2lkdGg9IjIiIHN0cm9rZS1saW5lY2FwPSJyb3VuZCIvPjwvc3ZnPgo=" />
      <Option name="color" type="QString" value="107,74,134,255" />
      <Option name="size" type="QString" value="6" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="5" type="marker" alpha="1" clip_to_extent="1">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="57,80,107,0" />
      <Option name="outline_color" type="QString" value="57,80,107,255" />
      <Option name="outline_style" type="QString" value="no" />
      <Option name="outline_width" type="QString" value="0.4" />
      <Option name="size" type="QString" value="8.4" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="1.4 * (CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END)" />
         <Option name="type" type="int" value="3" />
        </Option>
        <Option name="outlineStyle" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN coalesce(&quot;location_basis&quot;, '') &lt;&gt; 'exact' AND @map_scale &lt; 600000 THEN 'dot' ELSE 'no' END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0Ij48Y2lyY2xlIGN4PSIxMiIgY3k9IjEyIiByPSIxMSIgZmlsbD0iI2ZmZiIgc3Ryb2tlPSIjMzk1MDZiIiBzdHJva2Utd2lkdGg9IjEuNiIvPjxwYXRoIGQ9Ik02IDZoMTJ2M2gtNC4ydjZIMTh2M0g2di0zaDQuMlY5SDZ6IiBmaWxsPSIjMzk1MDZiIi8+PC9zdmc+Cg==" />
      <Option name="color" type="QString" value="57,80,107,255" />
      <Option name="size" type="QString" value="6" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="6" type="marker" alpha="1" clip_to_extent="1">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="61,61,61,0" />
      <Option name="outline_color" type="QString" value="61,61,61,255" />
      <Option name="outline_style" type="QString" value="no" />
      <Option name="outline_width" type="QString" value="0.4" />
      <Option name="size" type="QString" value="8.4" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="1.4 * (CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END)" />
         <Option name="type" type="int" value="3" />
        </Option>
        <Option name="outlineStyle" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN coalesce(&quot;location_basis&quot;, '') &lt;&gt; 'exact' AND @map_scale &lt; 600000 THEN 'dot' ELSE 'no' END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0Ij48Y2lyY2xlIGN4PSIxMiIgY3k9IjEyIiByPSIxMSIgZmlsbD0iI2ZmZiIgc3Ryb2tlPSIjM2QzZDNkIiBzdHJva2Utd2lkdGg9IjEuNiIvPjxwYXRoIGQ9Ik01LjUgMTdWOWgzdjh6TTEwLjUgMTdWOWgzdjh6TTE1LjUgMTdWOWgzdjh6IiBmaWxsPSIjM2QzZDNkIi8+PHBhdGggZD0iTTUuNSA2LjVoMTMiIHN0cm9rZT0iIzNkM2QzZCIgc3Ryb2tlLXdpZHRoPSIyIi8+PC9zdmc+Cg==" />
      <Option name="color" type="QString" value="61,61,61,255" />
      <Option name="size" type="QString" value="6" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="7" type="marker" alpha="1" clip_to_extent="1">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="91,103,112,0" />
      <Option name="outline_color" type="QString" value="91,103,112,255" />
      <Option name="outline_style" type="QString" value="no" />
      <Option name="outline_width" type="QString" value="0.4" />
      <Option name="size" type="QString" value="8.4" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="1.4 * (CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END)" />
         <Option name="type" type="int" value="3" />
        </Option>
        <Option name="outlineStyle" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN coalesce(&quot;location_basis&quot;, '') &lt;&gt; 'exact' AND @map_scale &lt; 600000 THEN 'dot' ELSE 'no' END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0Ij48Y2lyY2xlIGN4PSIxMiIgY3k9IjEyIiByPSIxMSIgZmlsbD0iI2ZmZiIgc3Ryb2tlPSIjNWI2NzcwIiBzdHJva2Utd2lkdGg9IjEuNiIvPjxwYXRoIGQ9Ik04IDZoOGwyIDN2OUg2Vjl6IiBmaWxsPSIjNWI2NzcwIi8+PHBhdGggZD0iTTkgMTNoNiIgc3Ryb2tlPSIjZmZmIiBzdHJva2Utd2lkdGg9IjIiLz48L3N2Zz4K" />
      <Option name="color" type="QString" value="91,103,112,255" />
      <Option name="size" type="QString" value="6" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="8" type="marker" alpha="1" clip_to_extent="1">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="47,47,47,0" />
      <Option name="outline_color" type="QString" value="47,47,47,255" />
      <Option name="outline_style" type="QString" value="no" />
      <Option name="outline_width" type="QString" value="0.4" />
      <Option name="size" type="QString" value="8.4" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="1.4 * (CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END)" />
         <Option name="type" type="int" value="3" />
        </Option>
        <Option name="outlineStyle" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN coalesce(&quot;location_basis&quot;, '') &lt;&gt; 'exact' AND @map_scale &lt; 600000 THEN 'dot' ELSE 'no' END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0Ij48Y2lyY2xlIGN4PSIxMiIgY3k9IjEyIiByPSIxMSIgZmlsbD0iI2ZmZiIgc3Ryb2tlPSIjMmYyZjJmIiBzdHJva2Utd2lkdGg9IjEuNiIvPjxjaXJjbGUgY3g9IjEyIiBjeT0iMTIiIHI9IjUuMiIgZmlsbD0ibm9uZSIgc3Ryb2tlPSIjMmYyZjJmIiBzdHJva2Utd2lkdGg9IjMuNiIvPjwvc3ZnPgo=" />
      <Option name="color" type="QString" value="47,47,47,255" />
      <Option name="size" type="QString" value="6" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="9" type="marker" alpha="1" clip_to_extent="1">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="128,98,13,0" />
      <Option name="outline_color" type="QString" value="128,98,13,255" />
      <Option name="outline_style" type="QString" value="no" />
      <Option name="outline_width" type="QString" value="0.4" />
      <Option name="size" type="QString" value="8.4" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="1.4 * (CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END)" />
         <Option name="type" type="int" value="3" />
        </Option>
        <Option name="outlineStyle" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN coalesce(&quot;location_basis&quot;, '') &lt;&gt; 'exact' AND @map_scale &lt; 600000 THEN 'dot' ELSE 'no' END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0Ij48Y2lyY2xlIGN4PSIxMiIgY3k9IjEyIiByPSIxMSIgZmlsbD0iI2ZmZiIgc3Ryb2tlPSIjODA2MjBkIiBzdHJva2Utd2lkdGg9IjEuNiIvPjxwYXRoIGQ9Ik03IDhoOHYxMEg3eiIgZmlsbD0iIzgwNjIwZCIvPjxwYXRoIGQ9Ik0xNSAxMGgyLjV2NUgxNSIgZmlsbD0ibm9uZSIgc3Ryb2tlPSIjODA2MjBkIiBzdHJva2Utd2lkdGg9IjEuOCIvPjxwYXRoIGQ9Ik03IDYuNWg4IiBzdHJva2U9IiM4MDYyMGQiIHN0cm9rZS13aWR0aD0iMiIgc3Ryb2tlLWxpbmVjYXA9InJvdW5kIi8+PC9zdmc+Cg==" />
      <Option name="color" type="QString" value="128,98,13,255" />
      <Option name="size" type="QString" value="6" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="10" type="marker" alpha="1" clip_to_extent="1">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="23,74,140,0" />
      <Option name="outline_color" type="QString" value="23,74,140,255" />
      <Option name="outline_style" type="QString" value="no" />
      <Option name="outline_width" type="QString" value="0.4" />
      <Option name="size" type="QString" value="8.4" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="1.4 * (CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END)" />
         <Option name="type" type="int" value="3" />
        </Option>
        <Option name="outlineStyle" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN coalesce(&quot;location_basis&quot;, '') &lt;&gt; 'exact' AND @map_scale &lt; 600000 THEN 'dot' ELSE 'no' END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0Ij48Y2lyY2xlIGN4PSIxMiIgY3k9IjEyIiByPSIxMSIgZmlsbD0iI2ZmZiIgc3Ryb2tlPSIjMTc0YThjIiBzdHJva2Utd2lkdGg9IjEuNiIvPjxwYXRoIGQ9Ik0xMiAxOHYtNyIgc3Ryb2tlPSIjMTc0YThjIiBzdHJva2Utd2lkdGg9IjIiIHN0cm9rZS1saW5lY2FwPSJyb3VuZCIvPjxjaXJjbGUgY3g9IjEyIiBjeT0iOSIgcj0iMiIgZmlsbD0iIzE3NGE4YyIvPjxwYXRoIGQ9Ik04IDEyLjVhNSA1IDAgMCAxIDAtN00xNiAxMi41YTUgNSAwIDAgMCAwLTciIGZpbGw9Im5vbmUiIHN0cm9rZT0iIzE3NGE4YyIgc3Ryb2tlLXdpZHRoPSIxLjgiIHN0cm9rZS1saW5lY2FwPSJyb3VuZCIvPjwvc3ZnPgo=" />
      <Option name="color" type="QString" value="23,74,140,255" />
      <Option name="size" type="QString" value="6" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="11" type="marker" alpha="1" clip_to_extent="1">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="27,100,52,0" />
      <Option name="outline_color" type="QString" value="27,100,52,255" />
      <Option name="outline_style" type="QString" value="no" />
      <Option name="outline_width" type="QString" value="0.4" />
      <Option name="size" type="QString" value="8.4" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="1.4 * (CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END)" />
         <Option name="type" type="int" value="3" />
        </Option>
        <Option name="outlineStyle" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN coalesce(&quot;location_basis&quot;, '') &lt;&gt; 'exact' AND @map_scale &lt; 600000 THEN 'dot' ELSE 'no' END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0Ij48Y2lyY2xlIGN4PSIxMiIgY3k9IjEyIiByPSIxMSIgZmlsbD0iI2ZmZiIgc3Ryb2tlPSIjMWI2NDM0IiBzdHJva2Utd2lkdGg9IjEuNiIvPjxwYXRoIGQ9Ik03IDZoN3YxMkg3eiIgZmlsbD0iIzFiNjQzNCIvPjxwYXRoIGQ9Ik04LjYgOGgzLjh2M0g4LjZ6IiBmaWxsPSIjZmZmIi8+PHBhdGggZD0iTTE0IDExaDJ2NWgyVjlsLTEuNS0xLjUiIGZpbGw9Im5vbmUiIHN0cm9rZT0iIzFiNjQzNCIgc3Ryb2tlLXdpZHRoPSIxLjYiIHN0cm9rZS1saW5lam9pbj0icm91bmQiLz48L3N2Zz4K" />
      <Option name="color" type="QString" value="27,100,52,255" />
      <Option name="size" type="QString" value="6" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
   <symbol name="12" type="marker" alpha="1" clip_to_extent="1">
    <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="circle" />
      <Option name="color" type="QString" value="78,90,99,0" />
      <Option name="outline_color" type="QString" value="78,90,99,255" />
      <Option name="outline_style" type="QString" value="no" />
      <Option name="outline_width" type="QString" value="0.4" />
      <Option name="size" type="QString" value="8.4" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="1.4 * (CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END)" />
         <Option name="type" type="int" value="3" />
        </Option>
        <Option name="outlineStyle" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN coalesce(&quot;location_basis&quot;, '') &lt;&gt; 'exact' AND @map_scale &lt; 600000 THEN 'dot' ELSE 'no' END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
    <layer class="SvgMarker" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="name" type="QString" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCAyNCAyNCIgd2lkdGg9IjI0IiBoZWlnaHQ9IjI0Ij48Y2lyY2xlIGN4PSIxMiIgY3k9IjEyIiByPSIxMSIgZmlsbD0iI2ZmZiIgc3Ryb2tlPSIjNGU1YTYzIiBzdHJva2Utd2lkdGg9IjEuNiIvPjxwYXRoIGQ9Ik02IDE4VjExbDQgMi41VjExbDQgMi41VjZoNHYxMnoiIGZpbGw9IiM0ZTVhNjMiLz48L3N2Zz4K" />
      <Option name="color" type="QString" value="78,90,99,255" />
      <Option name="size" type="QString" value="6" />
      <Option name="size_unit" type="QString" value="MM" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="size" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="CASE WHEN @map_scale &gt; 1500000 THEN 3.2 WHEN @map_scale &gt; 400000 THEN 4.4 ELSE 6 END" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
  </symbols>
 </renderer-v2>
 <labeling type="simple">
  <settings calloutType="simple">
   <text-style fieldName="CASE WHEN @zonerules_lang = 'en' THEN wordwrap(coalesce(&quot;name_en&quot;, &quot;name_zh&quot;), 26) ELSE regexp_replace(coalesce(&quot;name_zh&quot;, &quot;name_en&quot;), '(.{12})(?=.)', '\\1\n') END" isExpression="1" fontSize="9" fontSizeUnit="Point" fontWeight="50" textColor="34,41,46,255" textOpacity="1">
    <text-buffer bufferDraw="1" bufferSize="0.9" bufferSizeUnits="MM" bufferColor="255,255,255,217" bufferOpacity="1" />
   </text-style>
   <text-format multilineAlign="1" />
   <placement placement="6" dist="1.2" offsetType="1" predefinedPositionOrder="BR,TR,BL,TL,R,L,TSR,BSR" distUnits="MM" priority="4" />
   <rendering drawLabels="1" scaleVisibility="1" displayAll="0" scaleMin="1" scaleMax="250000" obstacle="1" />
  </settings>
 </labeling>
 <layerGeometryType>0</layerGeometryType>
</qgis>
